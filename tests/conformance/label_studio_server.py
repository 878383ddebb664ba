"""Label Studio's own server, in a temporary database. Run it with the Python that has Label Studio.

    python label_studio_server.py FILE…

Each FILE is a list of tasks, with its labelling configuration beside it (.xml). Prints as JSON, for
each file, what the server exports of it after its import: the tasks with their results.
"""

import json
import logging
import os
import sys
import tempfile
from pathlib import Path


def start(folder):
    """Starts Django with Label Studio's settings and an empty database. Nothing is sent anywhere."""
    import label_studio

    sys.path.insert(0, os.path.dirname(label_studio.__file__))
    os.environ.update(
        LABEL_STUDIO_BASE_DATA_DIR=folder,
        DJANGO_DB="sqlite",
        DJANGO_SETTINGS_MODULE="core.settings.label_studio",
        LATEST_VERSION_CHECK="0",
        COLLECT_ANALYTICS="False",
        SENTRY_DSN="",
        FRONTEND_SENTRY_DSN="",
    )
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0, interactive=False)


def client():
    """A client of the server, and its user."""
    from django.contrib.auth import get_user_model
    from organizations.models import Organization
    from rest_framework.test import APIClient

    user = get_user_model().objects.create_user(email="coder@example.org", password="-" * 12)
    organization = Organization.create_organization(created_by=user, title="-")
    user.active_organization = organization
    user.save()
    client = APIClient()
    client.force_authenticate(user)
    return client, user, organization


def exported(path, client, user, organization):
    """The tasks of a file, after import and export."""
    from projects.models import Project

    tasks = json.loads(Path(path).read_text("utf-8"))
    configuration = Path(path).with_suffix(".xml").read_text("utf-8")
    about = {"created_by": user, "organization": organization, "label_config": configuration}
    project = Project.objects.create(title="-", **about)
    address = f"/api/projects/{project.id}"
    answer = client.post(f"{address}/import?commit_to_project=true", tasks, format="json")
    if answer.status_code != 201:
        raise SystemExit(f"{path}: the import answers {answer.status_code}: {answer.content[:300]}")
    answer = client.get(f"{address}/export?exportType=JSON&download_all_tasks=true")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    found = sorted(json.loads(content), key=lambda task: task["id"])
    return [{"data": task["data"], "results": [it["result"] for it in task["annotations"]]} for task in found]


def main(paths):
    paths = [os.path.abspath(path) for path in paths]
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        about = client()
        found = {path: exported(path, *about) for path in paths}
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
