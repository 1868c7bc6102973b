"""Addresses of people, settings and files."""

from django.urls import path

from people.views import (
    directory,
    export,
    joining,
    media,
    profile,
    profile_editing,
    profile_photo,
    profile_skills,
    settings,
    switches,
    welcome,
)

app_name = "people"
urlpatterns = [
    path("people/", directory.people, name="list"),
    path("people/<str:handle>/", profile.profile, name="profile"),
    path("people/<str:handle>/photo/<str:size>/", profile.photo, name="photo"),
    path("people/<str:handle>/edit/photo/", profile_photo.photo, name="edit_photo"),
    path("people/<str:handle>/edit/photo/remove/", profile_photo.remove, name="remove_photo"),
    path("people/<str:handle>/edit/photo/undo/", profile_photo.undo, name="undo_photo"),
    path("people/<str:handle>/edit/hint/", profile_editing.hide_hint, name="hide_hint"),
    path("people/<str:handle>/edit/<str:block>/", profile_editing.edit, name="edit"),
    path("skills/suggest/", profile_skills.suggest, name="suggest_skills"),
    path("join/<str:token>/", joining.join, name="join"),
    path("join/", joining.joining, name="joining"),
    path("welcome/", welcome.welcome, name="welcome"),
    path("settings/", settings.settings, name="settings"),
    path("settings/photo/", settings.photo, name="settings_photo"),
    path("settings/sessions/", settings.end_session, name="sessions"),
    path("settings/feed-key/", settings.feed_key, name="feed_key"),
    path("settings/export/", export.export, name="export"),
    path("settings/language/", switches.language, name="language"),
    path("settings/theme/", switches.theme, name="theme"),
    path("media/renditions/<int:pk>/<str:name>", media.rendition, name="rendition"),
    path("media/pictures/<int:pk>/", media.picture, name="picture"),
    path("media/documents/<int:pk>/<str:name>", media.document, name="document"),
    path("media/videos/<int:pk>/", media.video, name="video"),
    path("media/videos/<int:pk>/captions/", media.captions, name="captions"),
    path("stored/<path:path>", media.stored, name="stored"),
]
