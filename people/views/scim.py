"""SCIM 2.0 at /scim/v2/ (RFC 7644): users, groups, search and discovery for the directory whose token it is."""

from django.http import Http404
from scim2_models import Context, SCIMException

from people.actions import scim_groups, scim_people
from people.scim import discovery, group_steps, lists, payloads, rendering
from people.views import scim_answers as answers
from people.views.scim_door import answered, endpoint, refused


def _list_users(request, token):
    return answers.listed(request.GET, lambda query: lists.find_people(token.source, query))


def _list_groups(request, token):
    return answers.listed(request.GET, _groups(token, request.GET))


def _search_users(request, token):
    return answers.listed(answers.body(request), lambda query: lists.find_people(token.source, query))


def _search_groups(request, token):
    data = answers.body(request)
    return answers.listed(data, _groups(token, data))


def _search_all(request, token):
    """Both kinds, people first; a filter holds for the kind that has its attributes."""
    data = answers.body(request)
    parts = answers.parts_of(data)

    def find(query):
        resources, total, left = [], 0, discovery.MAX_RESULTS if query.count is None else query.count
        for kind in (_people_of, _groups_of):
            here = lists.Wanted(
                query.filter, query.sort_by, query.descending, max(query.start - total, 1), left
            )
            count, page = kind(token, here, parts)
            total += count
            left -= len(page)
            resources += page
        return total, resources

    return answers.listed(data, find)


def _people_of(token, query, parts):
    return _or_nothing(lambda: lists.find_people(token.source, query))


def _groups_of(token, query, parts):
    return _or_nothing(
        lambda: lists.find_groups(token.source, query, with_members=answers.members_wanted(parts))
    )


def _or_nothing(find):
    try:
        return find()
    except SCIMException as problem:
        if problem.scim_type in ("invalidFilter", "invalidPath") and "no attribute" in str(problem):
            return 0, []
        raise


def _create_user(request, token):
    account = scim_people.create(token=token, person=payloads.person(answers.body(request)))
    return answers.one(request, _person(token, account.pk), Context.RESOURCE_CREATION_RESPONSE, 201)


def _get_user(request, token, key):
    return answers.one(request, _person(token, rendering.number(key, "p")), Context.RESOURCE_QUERY_RESPONSE)


def _replace_user(request, token, key):
    wanted = payloads.person(answers.body(request), replacing=True)
    account = scim_people.change(
        token=token, key=key, wish=lambda _now: wanted, check=answers.expects(request)
    )
    return answers.one(request, _person(token, account.pk), Context.RESOURCE_REPLACEMENT_RESPONSE)


def _patch_user(request, token, key):
    data = answers.body(request)
    account = scim_people.change(
        token=token, key=key, wish=lambda now: payloads.patched(now, data), check=answers.expects(request)
    )
    return answers.one(request, _person(token, account.pk), Context.RESOURCE_PATCH_RESPONSE)


def _delete_user(request, token, key):
    scim_people.remove(token=token, key=key, check=answers.expects(request))
    return answers.empty()


def _create_group(request, token):
    row = scim_groups.create(token=token, group=payloads.group(answers.body(request)))
    return answers.one(request, _group(token, row.pk, request), Context.RESOURCE_CREATION_RESPONSE, 201)


def _get_group(request, token, key):
    found = _group(token, rendering.number(key, "g"), request)
    return answers.one(request, found, Context.RESOURCE_QUERY_RESPONSE)


def _replace_group(request, token, key):
    wanted = payloads.group(answers.body(request), replacing=True)
    row = scim_groups.replace(token=token, key=key, group=wanted, check=answers.expects(request))
    return answers.one(request, _group(token, row.pk, request), Context.RESOURCE_REPLACEMENT_RESPONSE)


def _patch_group(request, token, key):
    """204 as Entra ID likes it, unless attributes are asked for: nobody wants 20,000 members after adding one."""
    steps = group_steps.steps(answers.body(request))
    row = scim_groups.change(token=token, key=key, steps=steps, check=answers.expects(request))
    if not request.GET.get("attributes"):
        return answers.empty()
    return answers.one(request, _group(token, row.pk, request), Context.RESOURCE_PATCH_RESPONSE)


def _delete_group(request, token, key):
    scim_groups.remove(token=token, key=key, check=answers.expects(request))
    return answers.empty()


def _config(request, token):
    found = discovery.config().model_dump()
    found["meta"]["location"] = rendering.location("ServiceProviderConfig", "").rstrip("/")
    return answered(found)


def _described(found, kind):
    """A list view and a view of one for what discovery says."""

    def shown(one):
        meta = {"resourceType": kind, "location": rendering.location(f"{kind}s", one.id)}
        return {**one.model_dump(), "meta": meta}

    def all_of(request, token):
        if "filter" in {name.casefold() for name in request.GET}:
            return refused(403, "Discovery is not filtered.")
        rows = [shown(one) for one in found(token.source).values()]
        return answered(answers.message(len(rows), 1, rows))

    def one_of(request, token, key):
        by_key = {name.casefold(): one for name, one in found(token.source).items()}
        if key.casefold() not in by_key:
            raise Http404
        return answered(shown(by_key[key.casefold()]))

    return all_of, one_of


def _absent(request, token, rest=""):
    raise Http404


def _unsupported(request, token):
    return refused(501, "This is not offered; see ServiceProviderConfig.")


def _person(token, pk):
    account = lists.people(token.source).filter(pk=pk).first()
    if account is None:
        raise Http404
    manager = lists.managers_of(token.source, [account]).get(account.user.manager_id)
    return rendering.person(account, manager=manager)


def _group(token, pk, request):
    row = lists.groups(token.source).filter(pk=pk).first()
    if row is None:
        raise Http404
    wanted = answers.members_wanted(answers.parts_of(request.GET))
    return rendering.group(row, members=lists.members_of(token.source, [row]).get(row.pk) if wanted else ())


def _groups(token, data):
    with_members = answers.members_wanted(answers.parts_of(data))
    return lambda query: lists.find_groups(token.source, query, with_members=with_members)


users = endpoint(GET=_list_users, POST=_create_user)
user = endpoint(GET=_get_user, PUT=_replace_user, PATCH=_patch_user, DELETE=_delete_user)
groups = endpoint(GET=_list_groups, POST=_create_group)
group = endpoint(GET=_get_group, PUT=_replace_group, PATCH=_patch_group, DELETE=_delete_group)
search_users, search_groups = endpoint(POST=_search_users), endpoint(POST=_search_groups)
search = endpoint(POST=_search_all)
config = endpoint(GET=_config)
resource_types, resource_type = (
    endpoint(GET=view) for view in _described(lambda _source: discovery.resource_types(), "ResourceType")
)
schemas, schema = (endpoint(GET=view) for view in _described(discovery.schemas, "Schema"))
unsupported = endpoint(GET=_unsupported, POST=_unsupported, PUT=_unsupported, PATCH=_unsupported)
absent = endpoint(**dict.fromkeys(("GET", "POST", "PUT", "PATCH", "DELETE"), _absent))
