"""What a page that shows a job answers while it asks how far the job is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .models import Job


def progress(request: HttpRequest, job: Job, here: str) -> HttpResponse:
    """The moving part of the page at ``here``; once the job has ended, the whole page anew."""
    if job.is_under_way:
        return render(request, "parts/job_progress.html", {"job": job, "here": here})
    # The whole page says what came of it, and asks no more.
    return HttpResponse(headers={"HX-Refresh": "true"})
