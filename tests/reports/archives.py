"""Archives made through the pages, and opened."""

import io
import json
import zipfile

from designation.exports.models import Export
from designation.site.jobs.models import Job
from designation.site.tasks import run_job


def asked(client, person, address):
    """Ask through the page; answers the page of the file, which no worker has made yet."""
    client.force_login(person)
    answer = client.post(address)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def made(client, person, address):
    """The bytes of the ZIP, as its maker fetches it."""
    page = asked(client, person, address)
    job = Export.objects.latest("pk").job
    run_job(job.pk)
    assert Job.objects.get(pk=job.pk).state == "done"
    return b"".join(client.get(f"{page}file/").streaming_content)


def opened(content):
    return zipfile.ZipFile(io.BytesIO(content))


def manifest(archive):
    return json.loads(archive.read("manifest.json"))


def whole_text(archive):
    """Every byte of every file, names too; what a PDF packs is looked into elsewhere."""
    parts = [name.encode() + archive.read(name) for name in archive.namelist()]
    return b"\n".join(parts)
