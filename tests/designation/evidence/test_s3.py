"""Evidence in an S3 store, by settings alone: a real server on the loopback address."""

import hashlib
import io
from datetime import timedelta

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from moto.server import ThreadedMotoServer

from designation.applications.models import Evidence
from designation.evidence.storage_address import described
from designation.site import clock
from tests.course import PDF
from tests.permissions.test_matrix import close_file

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server():
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server, settings):
    address = f"s3+http://key:s%2Fecret@{server}/evidence?region=us-east-1&prefix=county"
    settings.STORAGES = settings.STORAGES | {"default": described(address)}
    made = boto3.resource(
        "s3",
        endpoint_url=f"http://{server}",
        aws_access_key_id="key",
        aws_secret_access_key="s/ecret",
        region_name="us-east-1",
    ).Bucket("evidence")
    made.create()
    yield made
    made.objects.delete()
    made.delete()


def upload(client, county, application, content=PDF):
    client.force_login(county.preparer)
    address = reverse("applications:evidence_add", args=[application.pk, "NC-01"])
    file = SimpleUploadedFile("材料.pdf", content)
    return client.post(address, {"file": file, "title": "会议纪要"}, follow=True)


def names(bucket):
    return sorted(one.key for one in bucket.objects.all())


def test_a_file_is_uploaded_into_the_store_and_given_out_from_it(client, county, bucket):
    application = county.start()

    assert "材料已上传。" in upload(client, county, application).content.decode()

    digest = hashlib.sha256(PDF).hexdigest()
    assert names(bucket) == [f"county/evidence/{digest[:2]}/{digest}.pdf"]
    address = reverse("applications:evidence", args=[application.pk, Evidence.objects.get().pk])
    served = client.get(address)
    assert b"".join(served.streaming_content) == PDF
    assert served["Content-Type"] == "application/pdf"
    close_file(served)


def test_the_same_content_lies_in_the_store_once(client, county, bucket):
    other = county.beside()
    upload(client, county, county.start())
    upload(client, other, other.start())

    assert len(names(bucket)) == 1


def test_a_file_gone_from_the_store_is_said_to_be_lost(client, county, bucket):
    application = county.start()
    upload(client, county, application)
    bucket.objects.delete()

    address = reverse("applications:evidence", args=[application.pk, Evidence.objects.get().pk])
    told = client.get(address, follow=True).content.decode()

    assert "材料“会议纪要”在服务器上缺失或不完整" in told


def test_a_store_that_takes_nothing_is_told_at_the_file(client, county, bucket):
    application = county.start()
    bucket.delete()

    told = upload(client, county, application).content.decode()

    assert "服务器的存储空间不足或暂时写不进去，文件没有保存。" in told
    assert not Evidence.objects.exists()
    bucket.create()


def test_strays_in_the_store_are_listed_and_cleared(client, county, bucket, monkeypatch):
    upload(client, county, county.start())
    named = names(bucket)
    bucket.put_object(Key="county/evidence/ab/ab12.pdf", Body=b"stray")
    bucket.put_object(Key="county/backup.pdf", Body=b"not ours")
    tomorrow = clock.system_now() + timedelta(days=2)
    monkeypatch.setattr(clock, "system_now", lambda: tomorrow)
    out = io.StringIO()

    call_command("clear_stray_files", delete=True, stdout=out)

    assert "evidence/ab/ab12.pdf  5" in out.getvalue()
    assert "1 stray files, 5 bytes, deleted." in out.getvalue()
    assert names(bucket) == sorted([*named, "county/backup.pdf"])
    assert not default_storage.exists("evidence/ab/ab12.pdf")


@pytest.mark.parametrize(
    "address",
    ["ftp://a:b@host/bucket", "s3://key:secret@host", "s3://key:secret@host/a/b", "s3:///bucket"],
)
def test_an_address_that_cannot_be_one_is_refused_without_repeating_its_secret(address):
    with pytest.raises(ImproperlyConfigured, match="EVIDENCE_STORAGE_URL must read") as refused:
        described(address)

    assert "secret" not in str(refused.value)


def test_without_an_address_files_lie_in_a_folder():
    assert described("") == {"BACKEND": "designation.evidence.storage.ContentStorage"}


def test_a_store_is_spoken_to_over_tls_unless_the_address_says_otherwise():
    assert described("s3://k:s@store.example.cn/b")["OPTIONS"]["endpoint_url"] == (
        "https://store.example.cn"
    )
