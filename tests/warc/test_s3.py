"""Pages kept in a bucket, on moto's S3 server. `make test-s3` installs what this needs and runs it."""

from __future__ import annotations

import pytest

from newscrawl.warc.places import AbsentError, Folder, PlaceError, remove
from tests.required import required

if not required("s3"):
    pytest.importorskip("moto", reason="make test-s3 installs moto and s3fs")
    pytest.importorskip("s3fs", reason="make test-s3 installs moto and s3fs")

NAME = "newscrawl-1.warc.gz"
PLACE = "s3://archive/news/pages"
DATA = bytes(range(256)) * 1000


@pytest.fixture
def bucket(monkeypatch):
    import boto3
    import s3fs
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    client = boto3.client("s3")
    client.create_bucket(Bucket="archive")
    yield client
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


@pytest.fixture
def folder(tmp_path):
    folder = Folder(PLACE, tmp_path / "spool")
    folder.home.mkdir()
    (folder.home / NAME).write_bytes(DATA)
    return folder


def test_a_file_is_moved_into_the_bucket_and_parts_of_it_are_read_there(bucket, folder):
    folder.check()
    folder.move(NAME)
    folder.move(NAME)
    remove(NAME, str(folder.home))
    assert [one["Key"] for one in bucket.list_objects_v2(Bucket="archive")["Contents"]] == [
        f"news/pages/{NAME}"
    ]
    assert folder.read(NAME, PLACE, 1000, 500) == DATA[1000:1500]
    assert folder.has(NAME, PLACE)


def test_a_file_that_was_deleted_is_gone_and_may_be_deleted_again(bucket, folder):
    folder.move(NAME)
    remove(NAME, str(folder.home))
    remove(NAME, PLACE)
    remove(NAME, PLACE)
    with pytest.raises(AbsentError):
        folder.read(NAME, PLACE, 0, 10)


def test_a_bucket_that_is_not_there_is_a_fault_in_words(bucket, tmp_path, folder):
    other = Folder("s3://elsewhere/news", folder.home)
    with pytest.raises(PlaceError, match=r"^s3://elsewhere/news: cannot be reached \("):
        other.move(NAME)
    assert (folder.home / NAME).exists()
    assert [one["Name"] for one in bucket.list_buckets()["Buckets"]] == ["archive"]


def test_a_server_that_is_away_is_a_fault_in_words(bucket, folder, monkeypatch):
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(PlaceError, match=r"^s3://archive/news/pages: cannot be reached \("):
        folder.move(NAME)
