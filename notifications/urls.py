from django.urls import path

from . import email_views, views, webhook_views

app_name = "messages"
urlpatterns = [
    path("", views.inbox_page, name="list"),
    path("automatic/", views.automatic, name="automatic"),
    path("preferences/", views.preferences_page, name="preferences"),
    path("undelivered/", views.undelivered, name="undelivered"),
    path("webhook/", webhook_views.webhook, name="webhook"),
    path("webhook/key/", webhook_views.webhook_key, name="webhook_key"),
    path("webhook/key/<int:pk>/end/", webhook_views.webhook_key_end, name="webhook_key_end"),
    path("webhook/try/", webhook_views.webhook_try, name="webhook_try"),
    path("rounds/<int:pk>/", email_views.emails, name="emails"),
    path("rounds/<int:pk>/<str:message>/", email_views.email, name="email"),
    path("rounds/<int:pk>/<str:message>/system/", email_views.email_restore, name="email_restore"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/", views.open_message, name="open"),
]
