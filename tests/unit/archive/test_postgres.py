import psycopg
import pytest

from collegium.archive.postgres import PostgresArchive
from collegium.archive.protocol import Busy, Damaged, InDoubt
from tests.archives import act, append, assert_whole, entry, grow

FORBIDDEN = [
    "UPDATE entry SET data = '' WHERE seq = 1",
    "DELETE FROM entry WHERE seq = 2",
    "TRUNCATE entry CASCADE",
    "UPDATE head SET size = 1",
    "DELETE FROM head",
]


def execute(archive: PostgresArchive, statement: str) -> None:
    with psycopg.connect(archive.dsn, autocommit=True) as connection:
        connection.execute(f"SET search_path = {archive.schema}".encode())
        connection.execute(statement.encode())


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_database_itself_refuses_to_change_the_record(
    postgres: PostgresArchive, statement: str
) -> None:
    grow(postgres, 3)
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        execute(postgres, statement)
    assert_whole(postgres, 3)


def test_two_archives_on_one_schema_see_the_same(postgres: PostgresArchive) -> None:
    other = PostgresArchive(postgres.dsn, postgres.schema)
    for number in range(6):
        append((postgres, other)[number % 2], number)
    assert_whole(postgres, 6)
    assert other.head() == postgres.head()
    other.close()


def test_a_schema_that_could_be_mistaken_for_sql_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a schema of a-z"):
        PostgresArchive("", 'a"; DROP TABLE entry')


def test_a_head_that_counts_wrong_is_refused(postgres: PostgresArchive) -> None:
    grow(postgres, 3)
    execute(postgres, "UPDATE head SET size = 4")
    with pytest.raises(Damaged, match=r"\(4, 3\)"):
        PostgresArchive(postgres.dsn, postgres.schema)


def test_a_server_that_does_not_answer_is_busy() -> None:
    with pytest.raises(Busy, match="doesn't answer"):
        PostgresArchive("host=127.0.0.1 port=1 dbname=nowhere", "nowhere")


def test_a_lost_connection_is_replaced(postgres: PostgresArchive) -> None:
    grow(postgres, 2)
    with pytest.raises(Busy):
        append_over_a_lost_connection(postgres)
    assert append(postgres, 2) == 2
    assert_whole(postgres, 3)


def append_over_a_lost_connection(archive: PostgresArchive) -> None:
    with archive.writing() as writing:
        execute(archive, END_THE_WRITER)
        writing.append(act(2), entry(2))


def test_a_commit_whose_answer_was_cut_off_is_in_doubt(postgres: PostgresArchive) -> None:
    with pytest.raises(InDoubt):
        append_and_lose_the_answer(postgres)
    assert postgres.find(act(0)) is None
    assert append(postgres, 0) == 0


def append_and_lose_the_answer(archive: PostgresArchive) -> None:
    with archive.writing() as writing:
        writing.append(act(0), entry(0))
        writing.finish()
        execute(archive, END_THE_WRITER)
        writing.finish = lambda: None  # type: ignore[method-assign] # only COMMIT is cut off


END_THE_WRITER = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND pid = (
    SELECT pid FROM pg_locks WHERE relation = 'head'::regclass AND mode = 'RowShareLock' LIMIT 1
)
"""
