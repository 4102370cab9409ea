"""Addresses of applications: each stage brings its own."""

from .case_pages.urls import urlpatterns as case_pages
from .stages.first_review.urls import urlpatterns as first_review
from .stages.self_assessment.urls import urlpatterns as self_assessment
from .stages.verification.urls import urlpatterns as verification

app_name = "applications"
urlpatterns = [*case_pages, *self_assessment, *first_review, *verification]
