"""Every address of the site and who may use it. test_access.py fails for a pattern that stands in no set here."""

import re

from django.urls import URLPattern, URLResolver, get_resolver

# Without signing in: sign-in itself, health, and the personal Atom addresses, which carry a key of their own.
PUBLIC = {
    "account_login", "account_logout", "account_inactive", "account_signup", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "account_email_verification_sent", "account_confirm_email", "account_confirm_login_code",
    "people:language", "brand_css", "healthz", "readyz", "admin_login_shadowed",
    "feed:atom_all", "feed:atom_blog", "feed:atom_tag",
    "mfa_authenticate", "mfa_login_webauthn", "people:join", "people:joining", "sign_in_elsewhere",
    "openid_connect_login", "openid_connect_callback", "saml_login", "saml_acs", "saml_finish_acs", "saml_sls",
    "saml_metadata", "socialaccount_login_cancelled", "socialaccount_signup", "signup_closed",
    # SCIM clients carry a bearer token
    "scim_users", "scim_search_users", "scim_user", "scim_groups", "scim_search_groups", "scim_group", "scim_search",
    "scim_config", "scim_resource_types", "scim_resource_type", "scim_schemas", "scim_schema", "scim_bulk", "scim_me",
    "scim_root", "scim_absent",
}  # fmt: skip

# The same for everyone who is signed in: lists that filter by reader, and one's own things.
SIGNED_IN = {
    "search", "search_suggest",
    "home", "live", "feed:live_state", "feed:new", "feed:read_mark", "account_reauthenticate",
    "account_email", "account_email_closed", "connections_closed", "socialaccount_connections",
    "socialaccount_login_error", "people:welcome",
    "mfa_index", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
    "account_change_password", "account_set_password",
    "usersessions_list", "wagtailadmin_sprite",
    "people:list", "people:org_tops", "people:departments", "people:newcomers",
    "people:settings", "people:sessions", "people:export", "people:feed_key",
    "people:theme", "people:suggest_skills", "people:suggest_deputies",
    "people:my_data", "people:my_erasure", "people:about_data", "people:handovers", "blog:delegates",
    "blog:index", "blog:write", "blog:from_post", "blog:request",
    "feed:questions", "feed:tags",
    "feed:communities", "feed:community_new",
    "feed:bookmarks", "feed:notifications", "feed:draft", "feed:follow",
    "feed:feed", "feed:everything", "feed:mentions", "feed:following",
    "feed:write", "feed:scheduled",
    "feed:upload", "feed:suggest_people", "feed:suggest_tags", "feed:preview_new",
}  # fmt: skip

# About one row: what is hidden from the reader and what does not exist give the same 404.
OBJECT = {
    "people:org", "people:org_below", "people:department",
    "people:profile", "people:photo", "people:rendition",
    "people:my_data_file", "people:erasure_withdraw", "people:handover", "blog:delegation_end",
    "people:edit", "people:edit_photo", "people:remove_photo", "people:undo_photo", "people:hide_hint",
    "people:picture", "people:document", "people:video", "people:captions", "people:stored",
    "feed:tag", "wagtail_serve",
    "feed:post", "feed:new_comments", "feed:post_delete", "feed:post_hide", "feed:comments",
    "feed:preview", "feed:react",
    "feed:post_edit", "feed:post_undelete", "feed:post_history", "feed:audience", "feed:post_reschedule",
    "feed:post_publish",
    "feed:community", "feed:community_change", "feed:community_archive", "feed:community_members",
    "feed:community_role", "feed:community_join", "feed:community_withdraw", "feed:community_leave",
    "feed:community_invite", "feed:community_decide", "feed:community_report", "feed:community_hide",
    "feed:community_reports", "feed:community_report_decide",
    "feed:community_pin", "blog:community_request", "feed:person_report", "feed:about_hide",
    "feed:talk", "feed:travels", "feed:pin", "feed:person", "feed:mute",
    "feed:reactions", "feed:bookmark", "feed:watch", "feed:share", "feed:report", "feed:lock", "feed:attachment",
    "feed:attachment_captions", "feed:upload_remove",
    "feed:cite", "feed:question_answer", "feed:question_reopen", "feed:question_withdraw", "feed:question_pass",
    "feed:question_interest", "feed:comment_ask",
    "feed:comment", "feed:comment_reply", "feed:comment_replies", "feed:comment_edit", "feed:comment_delete",
    "feed:comment_undelete", "feed:comment_history", "feed:comment_report", "feed:comment_hide",
    "feed:comment_restore", "feed:comment_approve", "feed:notification",
    "feed:vote", "feed:voters", "feed:poll_outcome", "feed:kudos_of",
}  # fmt: skip

# For a role only: Wagtail's admin asks its own permissions on top.
STAFF = {
    "feed:moderation", "feed:report_decide",
    "people:invitations", "people:export_list",
    "people:accounts", "people:account_new", "people:account", "people:account_roles", "people:account_sessions",
    "people:account_end", "people:account_reopen", "people:account_erasure", "people:role_grants",
    "people:sources", "people:source_new", "people:source_conflicts", "people:source_links", "people:source",
    "people:source_edit", "people:source_start", "people:source_upload", "people:sync_run", "people:sync_columns",
    "people:sync_go", "people:role_grant_remove", "people:scim", "people:field_rules",
    "people:data_requests", "people:data_request", "people:audit", "people:audit_export",
}  # fmt: skip
STAFF_PREFIX = "admin/"

ABSENT = {
    "int": "999999999",
    "slug": "absent",
    "str": "absent",
    "path": "absent/",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


def patterns():
    """[(route, full name)] of the whole URLconf, in its order."""
    return list(_walk(get_resolver().url_patterns))


def _walk(found, prefix="", spaces=()):
    for entry in found:
        route = prefix + (str(entry.pattern).removeprefix("^") if prefix else str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from _walk(
                entry.url_patterns, route, (*spaces, entry.namespace) if entry.namespace else spaces
            )
        elif isinstance(entry, URLPattern):
            yield route, ":".join((*spaces, entry.name or ""))


def kind(route, name):
    """ "public", "signed-in", "object", "staff", or None for an unclassified pattern."""
    if route == "admin/login/":
        return "public"  # only leads to the sign-in
    if route.startswith("accounts/social/"):
        return "signed-in"  # earlier addresses of allauth, which lead on
    sets = {"public": PUBLIC, "signed-in": SIGNED_IN, "object": OBJECT, "staff": STAFF}
    found = next((kind for kind, names in sets.items() if name in names), None)
    return found or ("staff" if route.startswith(STAFF_PREFIX) else None)


def absent(route):
    """An address that fits `route` and names nothing that exists."""
    route = re.sub(r"<(?:(\w+):)?\w+>", lambda match: ABSENT.get(match[1] or "str", "1"), route)
    route = re.sub(r"\(\?P<\w+>((?:\[[^\]]*\]|[^()])*)\)|\(((?:\[[^\]]*\]|[^()])*)\)", _fitting, route)
    return "/" + re.sub(r"[\^$\\]", "", route).replace("?", "")


def _fitting(match):
    group = match[1] or match[2]
    return "999999999" if "d" in group and "\\d" in group else "absent"
