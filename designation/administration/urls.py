from django.urls import path

from ..accounts import password_link_views
from ..accounts import views as accounts
from ..site import present_session
from . import deputy_views as standing_in
from . import leaving_views as going
from . import reorganizing_views as reorganizing
from . import rights_review_views as rights
from . import save_views
from . import seat_views as seating_pages
from . import table_views as tables
from . import unused_views as idle
from . import views as administration
from .first_day import views as first_day

app_name = "organizations"
urlpatterns = [
    path("first-day/", first_day.first_day, name="first_day"),
    path("first-day/slips/file/", first_day.slips_file, name="first_day_slips"),
    path("first-day/<token>/", first_day.link, name="first_day_link"),
    path("login/", accounts.Login.as_view(), name="login"),
    path("logout/", accounts.Logout.as_view(), name="logout"),
    path("session/", present_session.present_session, name="session"),
    path("saves/", save_views.save_list, name="saves"),
    path("password/", accounts.ChangePassword.as_view(), name="password"),
    path("password-links/", password_link_views.link_list, name="password_links"),
    path("password-links/slips/", password_link_views.slip_list, name="password_slips"),
    path("password-links/slips/file/", password_link_views.slips_file, name="slips_file"),
    path("password-links/letters/<int:pk>/", password_link_views.link_mailing, name="link_mailing"),
    path("password-links/<int:pk>/", password_link_views.link, name="password_link"),
    path("forgotten/", password_link_views.forgotten_password, name="forgotten"),
    path("forgotten/asked/", password_link_views.forgotten_asked, name="forgotten_asked"),
    path(
        "set-password/<uidb64>/<token>/",
        password_link_views.SetPassword.as_view(),
        name="set_password",
    ),
    path("settings/", accounts.settings, name="settings"),
    path("jurisdictions/", administration.jurisdiction_list, name="jurisdictions"),
    path("jurisdictions/add/", administration.jurisdiction_add, name="jurisdiction_add"),
    path("jurisdictions/<int:pk>/", administration.jurisdiction_edit, name="jurisdiction_edit"),
    path("organizations/", administration.organization_list, name="organizations"),
    path("organizations/add/", administration.organization_add, name="organization_add"),
    path("organizations/<int:pk>/", administration.organization_edit, name="organization_edit"),
    path("organizations/<int:pk>/reorganize/", reorganizing.reorganize, name="reorganize"),
    path("people/", administration.person_list, name="people"),
    path("people/add/", administration.person_add, name="person_add"),
    path("people/<int:pk>/", administration.person_edit, name="person_edit"),
    path("people/<int:pk>/leaving/", going.leaving, name="leaving"),
    path("people/<int:pk>/staying/", going.staying, name="staying"),
    path("people/<int:pk>/switch-on/", idle.switch_on, name="switch_on"),
    path("unused/", idle.unused_list, name="unused"),
    path("rights-reviews/", rights.review_list, name="rights_reviews"),
    path("rights-reviews/lines/", rights.line_list, name="rights_review"),
    path("rights-reviews/lines/<int:pk>/withdraw/", rights.withdraw, name="rights_withdraw"),
    path("rights-reviews/<int:pk>/keep/", rights.keep, name="rights_keep"),
    path("rights-reviews/<int:pk>/finish/", rights.finish, name="rights_finish"),
    path("tables/", tables.table_list, name="tables"),
    path("tables/add/", tables.table_add, name="table_add"),
    path("tables/template/", tables.template, name="table_template"),
    path("tables/<int:pk>/", tables.table, name="table"),
    path("tables/<int:pk>/accept/", tables.accept_entries, name="table_accept"),
    path("tables/<int:pk>/seats/", tables.accept_seats, name="table_seats"),
    path("tables/<int:pk>/titles/", tables.accept_titles, name="table_titles"),
    path("tables/<int:pk>/stop/", tables.stop, name="table_stop"),
    path("seats/", seating_pages.seat_list, name="seats"),
    path("seats/add/", seating_pages.seat_add, name="seat_add"),
    path("seats/<int:pk>/end/", seating_pages.seat_end, name="seat_end"),
    path("seats/<int:pk>/deputy/", standing_in.deputy_name, name="deputy_name"),
    path("deputies/", standing_in.deputy_list, name="deputies"),
    path("deputies/<int:pk>/end/", standing_in.deputy_end, name="deputy_end"),
]
