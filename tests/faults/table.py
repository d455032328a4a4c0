"""The faults that the bot promises to survive, and the tests that prove each."""

from dataclasses import dataclass

BOT, STORAGE, FAULTS = "tests/bot", "tests/storage", "tests/faults"
KILL, DISK, LINE = f"{FAULTS}/test_kill.py", f"{FAULTS}/test_disk.py", f"{FAULTS}/test_line.py"
CLOCK, STATEMENTS = f"{FAULTS}/test_clock.py", f"{FAULTS}/test_statements.py"
INTAKE, POLLING = f"{BOT}/test_intake.py", f"{BOT}/test_intake_polling.py"
FAILURES, UPDATES = f"{BOT}/test_intake_failures.py", f"{BOT}/test_intake_updates.py"
WEBHOOK, OUTBOX = f"{BOT}/test_intake_webhook.py", f"{BOT}/test_outbox.py"
LIMITS, EXITS = f"{BOT}/test_outbox_limits.py", f"{BOT}/test_exits.py"
SCHOOLS, FUZZ = f"{FAULTS}/test_two_schools.py", f"{FAULTS}/test_fuzz.py"
REPLICAS, CUTS = f"{FAULTS}/test_replicas.py", f"{FAULTS}/test_server_cuts.py"
TICKETS = f"{FAULTS}/test_tickets.py"
HOSTILE = "tests/services/readers/test_hostile.py"


@dataclass(frozen=True, slots=True)
class Row:
    """``tests`` are beginnings of node ids; ``left`` says what is not proved here and why."""

    code: str
    fault: str
    tests: tuple[str, ...] = ()
    left: str = ""


ROWS = (
    Row(
        "F1",
        "kill -9 while handlers run",
        (
            f"{KILL}::test_hundreds_of_kills_lose_nothing",
            f"{KILL}::test_kills_of_the_program_as_it_is_started_lose_nothing",
            f"{KILL}::test_a_few_kills_lose_nothing",
            f"{FAILURES}::test_an_effect_is_never_repeated",
            f"{FAILURES}::test_an_effect_without_its_answer_is_told_after_a_crash",
        ),
    ),
    Row(
        "F2",
        "kill -9 between send and mark",
        (
            f"{KILL}::test_hundreds_of_kills_lose_nothing",
            f"{OUTBOX}::test_a_letter_left_half_sent_is_sent_by_the_next_process",
            f"{OUTBOX}::test_a_card_is_edited_where_it_is_shown",
            f"{OUTBOX}::test_while_a_suspect_of_crashes_is_in_flight_nobody_else_leaves",
        ),
    ),
    Row(
        "F3",
        "kill -9 between inbox commit and offset",
        (
            f"{KILL}::test_hundreds_of_kills_lose_nothing",
            f"{FAULTS}/test_sync.py::test_a_commit_is_synced_before_the_offset_moves",
            f"{FAULTS}/test_sync.py::test_without_the_sync_the_trace_says_so",
            f"{STORAGE}/test_inbox.py::test_a_redelivered_update_is_kept_once",
        ),
    ),
    Row("F4", "kill -9 at each statement of the digest", (f"{STATEMENTS}::test_a_digest_killed",)),
    Row("F5", "SIGTERM under load", (f"{KILL}::test_a_stop_under_load_ends_in_time",)),
    Row(
        "F6",
        "a handler's bug",
        (
            f"{FAILURES}::test_a_handler_s_bug_is_set_aside_after_five_tries",
            f"{FAILURES}::test_a_handler_that_recovers_loses_nothing",
            f"{BOT}/test_intake_notices.py",
            "tests/handlers/test_health.py",
        ),
    ),
    Row(
        "F7",
        "an update that cannot be decoded",
        (
            f"{UPDATES}::test_an_undecodable_update",
            f"{LINE}::test_a_broken_update_in_a_batch_delays_nobody",
        ),
    ),
    Row(
        "F8",
        "unknown update kind",
        (
            f"{UPDATES}::test_an_unknown_kind_is_logged_once",
            f"{UPDATES}::test_a_strange_update_disturbs_nobody",
        ),
    ),
    Row(
        "F9",
        "the same update 100 times, reordered",
        (
            f"{STORAGE}/test_inbox.py::test_one_update_a_hundred_times_in_a_batch_is_one",
            f"{STORAGE}/test_inbox.py::test_order_is_that_of_arrival_and_not_of_numbers",
            f"{INTAKE}::test_copies_and_redeliveries_are_handled_once",
        ),
    ),
    Row(
        "F10",
        "update_id jumps back",
        (
            f"{POLLING}::test_numbers_that_start_anew_lower_are_taken_and_confirmed",
            f"{POLLING}::test_after_a_long_silence_the_offset_is_forgotten",
        ),
    ),
    Row("F11", "429 with retry_after for one chat", (LIMITS,)),
    Row(
        "F12",
        "429 without parameters, HTML 502, cut JSON",
        (
            f"{LINE}::test_an_answer_that_is_none_loses_nothing",
            f"{POLLING}::test_a_failure_is_waited_out_with_growing_pauses",
            f"{OUTBOX}::test_what_was_not_taken_is_sent_again_before_the_next",
        ),
    ),
    Row("F13", "a long row of 500", (f"{LINE}::test_a_long_row_of_failures_ends_in_order",)),
    Row("F14", "timeout after the server took it", (f"{OUTBOX}::test_a_silent_line_may_double",)),
    Row(
        "F15",
        "reset, 1 byte at a time, TLS stall, DNS gone",
        (
            f"{LINE}::test_no_call_hangs_past_its_time",
            f"{LINE}::test_a_name_that_does_not_resolve_is_no_line_at_all",
            f"{LINE}::test_the_line_itself_is_sound",
        ),
    ),
    Row("F16", "no network for 1 h", (f"{LINE}::test_an_hour_without_a_line_leaves_one_message",)),
    Row(
        "F17",
        "no network for > 24 h",
        (
            f"{BOT}/test_health.py::test_more_than_a_day_of_silence",
            f"{WEBHOOK}::test_more_than_a_day_without_the_messenger",
            f"{WEBHOOK}::test_the_messenger_is_heard_when_what_it_has_gets_through",
        ),
    ),
    Row("F18", "a button older than 150 s", (f"{FAULTS}/test_old_press.py",)),
    Row(
        "F19",
        "blocked, kicked, deactivated",
        (
            f"{OUTBOX}::test_a_destination_that_refuses_us_is_closed_with_one_notice",
            f"{UPDATES}::test_a_person_seen_again_is_written_to_again",
            f"{STORAGE}/test_outbox.py::test_a_closed_destination_gets_nothing_until_it_shows_life",
        ),
    ),
    Row(
        "F20",
        "group becomes supergroup",
        (
            f"{OUTBOX}::test_a_moved_group_gets_its_letters_under_its_new_number",
            f"{UPDATES}::test_a_group_that_moved_is_followed",
            f"{BOT}/test_intake_notices.py::test_a_group_that_moved_stays_bound",
        ),
    ),
    Row(
        "F21",
        "message to edit gone / not modified",
        (
            f"{OUTBOX}::test_a_card_whose_message_is_gone",
            f"{OUTBOX}::test_a_card_that_shows_it_already_is_done",
        ),
    ),
    Row(
        "F22",
        "entities that cannot be parsed",
        (f"{OUTBOX}::test_words_that_cannot_be_parsed_go_out_plain",),
    ),
    Row(
        "F23",
        "a second poller (409)",
        (
            f"{POLLING}::test_another_poller_is_told_within_half_a_minute",
            f"{EXITS}::test_another_poller_ends_it",
        ),
    ),
    Row(
        "F24",
        "token revoked (401)",
        (
            f"{EXITS}::test_a_process_with_a_refused_token_ends_with_one",
            f"{EXITS}::test_a_token_refused_in_a_call_of_any_kind_ends_it",
        ),
    ),
    Row(
        "F25",
        "a second process on the database",
        (
            f"{EXITS}::test_a_process_answers_keeps_others_out_and_ends_with_zero",
            f"{STORAGE}/test_lock.py",
        ),
    ),
    Row(
        "F26",
        "two PostgreSQL replicas, the leader paused",
        (
            f"{REPLICAS}::test_a_leader_paused_and_resumed_doubles_no_digest",
            f"{REPLICAS}::test_a_leader_paused_whose_sessions_live_on_stays_the_leader",
            f"{REPLICAS}::test_a_second_one_stands_by_until_the_first_is_gone",
            f"{REPLICAS}::test_one_that_slept_through_its_end_sends_and_writes_nothing",
            f"{REPLICAS}::test_whoever_takes_over_ends_what_the_other_had_begun",
            f"{REPLICAS}::test_without_terms_two_would_work",
        ),
    ),
    Row(
        "F27",
        "PostgreSQL connection cut",
        (
            f"{CUTS}::test_a_session_cut_in_a_transaction",
            f"{CUTS}::test_a_server_that_dies_and_comes_back",
            f"{CUTS}::test_a_digest_cut_at_a_statement",
            f"{CUTS}::test_without_the_question",
            f"{FAULTS}/test_server.py",
        ),
    ),
    Row("F28", "disk full", (f"{DISK}::test_a_full_disk_confirms_nothing",)),
    Row("F29", "database locked by another", (f"{DISK}::test_a_lock_held_by_another_program",)),
    Row(
        "F30",
        "torn copy at a random instant",
        (
            f"{DISK}::test_an_image_torn_at_any_instant",
            f"{DISK}::test_an_image_without_its_log_is_seen_to_be_broken",
        ),
    ),
    Row(
        "F31",
        "a corrupted page",
        (
            f"{DISK}::test_a_broken_page_is_no_silent_start",
            f"{DISK}::test_a_refusal_for_damage_names_the_newest_copy",
        ),
    ),
    Row(
        "F32",
        "backup while writing, then restore",
        (f"{DISK}::test_a_copy_made_while_others_write", f"{STORAGE}/test_backup.py"),
    ),
    Row("F33", "migration killed at a statement", (f"{STATEMENTS}::test_a_migration_killed",)),
    Row(
        "F34",
        "newer database, older code",
        (
            f"{EXITS}::test_a_newer_database_is_refused_and_left_alone",
            f"{STORAGE}/test_database_migrations.py::test_a_newer_database_is_refused",
        ),
    ),
    Row(
        "F35",
        "clock jumps, DST, zone change",
        (
            f"{CLOCK}::test_a_jumping_clock_brings_each_digest_once",
            f"{CLOCK}::test_an_hour_keeps_its_place_on_the_wall",
            f"{CLOCK}::test_a_school_that_changes_its_zone_gets_no_digest_twice",
        ),
    ),
    Row("F36", "down over the hour of the digest", (f"{CLOCK}::test_a_start_after_the_hour",)),
    Row("F37", "event loop blocked", (f"{CLOCK}::test_a_stalled_loop_skips_nothing",)),
    Row(
        "F38",
        "bombs, sparse giants, broken zips",
        (
            f"{HOSTILE}::test_a_hostile_file_gets_one_sentence",
            f"{HOSTILE}::test_the_guard_needs_little_time_and_memory",
            f"{HOSTILE}::test_the_child_is_bound_in_memory",
            f"{FUZZ}::test_a_giant_of_text_is_refused",
        ),
    ),
    Row(
        "F39",
        "importer fuzzed",
        (
            f"{HOSTILE}::test_a_damaged_book_is_refused_or_read",
            f"{HOSTILE}::test_any_bytes_are_refused_or_read",
            f"{FUZZ}::test_a_few_files_by_chance",
            f"{FUZZ}::test_a_hundred_thousand_files_by_chance",
            f"{FUZZ}::test_an_undo_that_does_nothing_is_seen",
            f"{FUZZ}::test_a_reader_that_breaks_is_seen",
        ),
    ),
    Row(
        "F40",
        "the wrong file imported",
        ("tests/handlers/test_imports.py", "tests/handlers/test_import_files.py"),
    ),
    Row(
        "F41",
        "100 teachers open tickets",
        (
            f"{TICKETS}::test_a_hundred_teachers_at_once_get_a_number_each",
            "tests/handlers/test_problems.py::test_the_sixth_ticket_in_a_minute_goes_on",
        ),
    ),
    Row(
        "F42",
        "an album of 10 photos",
        (
            f"{TICKETS}::test_an_album_in_late_and_doubled_parts_is_one_ticket",
            "tests/handlers/test_problems.py::test_parts_of_an_album_are_answered_once",
        ),
    ),
    Row(
        "F43",
        "two people close one ticket",
        (
            f"{TICKETS}::test_of_two_who_close_at_once_one_wins",
            "tests/handlers/test_queue.py::test_two_who_close_at_once_are_told_who_was_faster",
        ),
    ),
    Row(
        "F44",
        "a role revoked while its message waits",
        (f"{OUTBOX}::test_a_letter_whose_right_is_gone_is_not_sent",),
    ),
    Row(
        "F45",
        "two schools",
        (
            f"{SCHOOLS}::test_nobody_of_one_school_sees_or_changes_a_byte_of_another",
            f"{SCHOOLS}::test_a_leak_would_be_seen",
            "tests/services/test_people.py::test_people_of_another_school_are_out_of_reach",
            "tests/handlers/test_health.py::test_another_school_s_updates_are_out_of_reach",
        ),
    ),
    Row(
        "F46",
        "commands and presses as every role",
        (
            "tests/handlers/test_crossing.py",
            f"{SCHOOLS}::test_nobody_of_one_school_sees_or_changes_a_byte_of_another",
            f"{SCHOOLS}::test_a_stranger_changes_nothing_whatever_he_does",
        ),
    ),
    Row(
        "F47",
        "secrets and names in a log",
        (
            f"{FAULTS}/test_hours.py::test_no_log_of_a_life",
            f"{FAULTS}/test_canary.py",
            f"{BOT}/test_logs.py",
        ),
    ),
    Row("F48", "hours at ten times the load", (f"{FAULTS}/test_hours.py::test_memory_and",)),
    Row("F49", "webhook: wrong secret, giants, slow client", (WEBHOOK,)),
    Row("F50", "plain aiogram under F1 must lose", (f"{KILL}::test_without_any_of_our_parts",)),
)
