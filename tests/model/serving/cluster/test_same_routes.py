"""The gateway answers as the aiohttp server does: that server's own tests, with this module's fixtures.

Left out are the tests that start an aiohttp server themselves; those of a client that goes, which Serve's
proxy notices and not the gateway (`test_ray_app.py` has them for real); and forms whose text is in no
charset, which Starlette reads as Latin-1.
"""

from tests.model.serving.openai_server.test_bad_requests import (  # noqa: F401
    test_a_chat_that_is_wrong_is_told_where,
    test_a_field_that_is_wrong_or_cannot_be_honoured_is_named,
    test_a_form_that_cannot_be_read_is_told,
    test_an_edit_that_is_wrong_is_told_where,
    test_no_address_is_fetched,
    test_other_addresses_methods_and_types,
    test_what_is_no_json_object_is_told,
)
from tests.model.serving.openai_server.test_clients import *  # noqa: F403
from tests.model.serving.openai_server.test_faults import (  # noqa: F401
    test_a_body_that_does_not_come_is_not_waited_for,
    test_a_body_that_is_too_large_is_not_read_to_its_end,
    test_a_failure_in_the_middle_of_a_stream_is_its_last_event,
    test_a_quiet_stream_says_that_it_lives,
    test_clients_that_all_come_at_once_are_all_answered,
    test_each_failure_of_the_engine_has_its_status_and_code,
    test_what_nobody_expected_is_in_the_log,
    test_without_a_key_a_page_whose_name_leads_here_is_sent_away,
)
