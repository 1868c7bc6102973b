"""`manage.py bench_data`: a company of any size for benchmarks, the same one for the same seed."""

from django.core.management.base import BaseCommand

from intranet.bench.filling import Filling


class Command(BaseCommand):
    """Fill the database in use; for a database of its own, not for one that people work in."""

    help = "Fills the database in use with invented people and posts, prints what it made and how long each part took."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=1_000)
        parser.add_argument("--posts", type=int, default=10_000)
        parser.add_argument("--comments", type=int, default=0)
        parser.add_argument("--communities", type=int, default=20)
        parser.add_argument("--audiences", type=int, default=50)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--corpus", help="A folder of *.jsonl.gz with the fields markdown and lang.")

    def handle(self, *, people, posts, comments, communities, audiences, seed, corpus, **options):
        filling = Filling(
            people=people,
            posts=posts,
            comments=comments,
            communities=communities,
            audiences=audiences,
            seed=seed,
            corpus=corpus,
        ).run()
        for name, number in filling.made.items():
            self.stdout.write(f"{number:>12,} {name}")
        for part, seconds in filling.seconds.items():
            self.stdout.write(f"{seconds:>11.2f} s {part}")
        rate = filling.made["posts"] / max(filling.seconds["posts"], 0.001)
        self.stdout.write(f"{rate:>12,.0f} posts a second, tags included, indexing apart")
