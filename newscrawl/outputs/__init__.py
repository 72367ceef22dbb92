"""Where the archive goes: delivery to Elasticsearch, exported files, Kibana's dashboard."""
