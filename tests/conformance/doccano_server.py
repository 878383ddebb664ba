"""doccano's own import, in a temporary database. Run it with the Python that has doccano.

    python doccano_server.py FILE…

Prints as JSON, for each file, what doccano stored of each of its rows: the text, the spans, and the
relations with their ends.
"""

import json
import os
import sys
import tempfile


def start(folder):
    """Starts Django with doccano's settings and an empty database."""
    import backend

    sys.path.insert(0, os.path.dirname(backend.__file__))
    database = f"sqlite:///{folder}/doccano.db"
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings.development", DATABASE_URL=database)
    os.chdir(folder)  # it makes folders here
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def stored(path, user):
    """What a new project has after the import of a file."""
    from data_import.datasets import load_dataset
    from data_import.pipeline.catalog import create_file_format
    from data_import.pipeline.readers import FileName
    from examples.models import Example
    from labels.models import Relation
    from projects.models import SequenceLabelingProject

    with open(path, encoding="utf-8") as lines:
        is_related = "entities" in json.loads(next(lines))
    # Without this, it drops overlapping marks.
    kind = {"project_type": "SequenceLabeling", "allow_overlapping": True, "use_relation": True}
    project = SequenceLabelingProject.objects.create(name=path[-90:], description="-", created_by=user, **kind)
    task = "RelationExtraction" if is_related else "SequenceLabeling"
    names = [FileName(path, "file", "file")]
    # The default for a user: doccano guesses the encoding.
    dataset = load_dataset(task, create_file_format("JSONL"), names, project, encoding="Auto")
    dataset.save(user, batch_size=1000)
    if dataset.errors:
        raise SystemExit(f"{path}: {[error.dict() for error in dataset.errors][:3]}")
    span = lambda it: [it.start_offset, it.end_offset, it.label.text]
    return [
        {
            "text": example.text,
            "spans": [span(it) for it in example.spans.all()],
            "relations": [
                [it.type.text, span(it.from_id), span(it.to_id)]
                for it in Relation.objects.filter(example=example)
            ],
        }
        for example in Example.objects.filter(project=project).order_by("id")
    ]


def main(paths):
    paths = [os.path.abspath(path) for path in paths]
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        from django.contrib.auth import get_user_model

        user = get_user_model().objects.create_user("coder", "coder@example.org", "-")
        found = {path: stored(path, user) for path in paths}
        os.chdir("/")
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
