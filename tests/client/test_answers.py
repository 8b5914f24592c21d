"""Faults 44 to 48: where services put images, what they give in place of them, and how they say why not."""

from __future__ import annotations

import base64
import json

import pytest

from r9s_notebook import errors
from tests.client.conftest import KEY
from tests.client.loopback import B64, COMPLETED, GOOD, PNG, STREAM_HEAD, always, chunk, http, partial, sse, streaming

URI = f"data:image/png;base64,{B64}"
BOM = b"\xef\xbb\xbf"
JSON = json.dumps(GOOD).encode()


def others(number: int) -> bytes:
    """A PNG that is another one for each number."""
    return PNG + bytes([number])


def b64_of(number: int) -> str:
    return base64.b64encode(others(number)).decode()


SHAPES = {
    "data URI under images": {"images": [{"url": URI}]},
    "texts under images": {"images": [B64]},
    "texts under data": {"data": [B64]},
    "data URIs under data": {"data": [URI]},
    "data is one object": {"data": {"b64_json": B64}},
    "data is one text": {"data": B64},
    "base64 under url": {"data": [{"url": B64}]},
    "a text": B64,
    "list at the top": [{"b64_json": B64}],
    "object at the top": {"b64_json": B64, "seed": 7},
    "image": {"image": {"url": URI}},
    "output": {"id": "p1", "status": "succeeded", "output": [URI]},
    "artifacts": {"artifacts": [{"base64": B64, "finishReason": "SUCCESS"}]},
    "predictions": {"predictions": [{"bytesBase64Encoded": B64, "mimeType": "image/png"}]},
    "parts": {"candidates": [{"content": {"parts": [{"text": "Here"}, {"inlineData": {"data": B64}}]}}]},
    "result": {"success": True, "result": {"image": B64}},
    "links in data": {"id": "m1", "data": {"image_urls": [URI]}, "base_resp": {"status_code": 0}},
    "chat": {"choices": [{"message": {"content": "Here it is.", "images": [{"image_url": {"url": URI}}]}}]},
    "chat in parts": {"choices": [{"message": {"content": [{"type": "image_url", "image_url": {"url": URI}}]}}]},
    "chat in Markdown": {"choices": [{"message": {"content": f"Here it is: ![cat]({URI})"}}]},
    "Responses": {"output": [{"type": "message", "content": []}, {"type": "image_generation_call", "result": B64}]},
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_fault_45_an_image_is_found_where_the_service_put_it(shape, plain_call, serve, connect):
    client = connect(serve(always(http(json.dumps(shape).encode()))))
    (image,) = plain_call(client).data
    assert client.images.read(image) == PNG


@pytest.mark.parametrize("label", ["image/png", "application/json", "text/event-stream"])
def test_fault_45_a_bodys_own_bytes_may_be_the_picture(label, call, serve, connect):
    (image,) = call(connect(serve(always(http(PNG, content_type=label))))).data
    assert base64.b64decode(image.b64_json) == PNG


@pytest.mark.parametrize("body", [B64.encode(), f"![a cat]({URI})".encode()])
def test_fault_45_a_body_may_be_base64_and_nothing_else(body, call, serve, connect):
    (image,) = call(connect(serve(always(http(body, content_type="text/plain"))))).data
    assert base64.b64decode(image.b64_json) == PNG


@pytest.mark.parametrize("label", ["application/json", "text/event-stream", "text/plain", "application/octet-stream"])
@pytest.mark.parametrize(
    "body",
    [
        JSON,
        BOM + JSON,
        b"\r\n " + JSON,
        JSON.decode().encode("utf-16"),
        sse(COMPLETED),
        BOM + sse(partial(), COMPLETED, "[DONE]"),
        b"\n\n: hello\n" + sse(COMPLETED),
    ],
    ids=["JSON", "BOM", "blanks", "UTF-16", "events", "BOM and events", "comments and events"],
)
def test_fault_46_bytes_tell_what_an_answer_is_and_not_its_label(body, label, call, serve, connect):
    (image,) = call(connect(serve(always(http(body, content_type=label))))).data
    assert image.b64_json == B64


def test_fault_46_json_under_a_streams_label_may_come_in_pieces(stream_call, serve, connect):
    body = BOM + b"\n" + json.dumps(GOOD).encode()
    server = serve(always(streaming(*(body[at : at + 1] for at in range(len(body))))))
    assert stream_call(connect(server)).data[0].b64_json == B64


def test_fault_48_pictures_stand_in_the_order_of_their_numbers(plain_call, serve, connect):
    entries = [{"index": number, "b64_json": b64_of(number)} for number in (2, 0, 1)]
    client = connect(serve(always(http({"data": entries}))))
    assert [client.images.read(image) for image in plain_call(client, n=3).data] == [others(0), others(1), others(2)]


def test_fault_48_pictures_of_a_stream_stand_in_the_order_of_their_numbers(stream_call, serve, connect):
    events = [{"data": [{"index": number, "b64_json": b64_of(number), "is_final": True}]} for number in (1, 0)]
    answer = stream_call(connect(serve(always(streaming(sse(*events))))), n=2)
    assert [image.b64_json for image in answer.data] == [b64_of(0), b64_of(1)]


def test_a_responses_stream_is_one_picture_however_often_it_is_told(stream_call, serve, connect):
    item = {"type": "image_generation_call", "result": B64}
    events = (
        {"type": "response.image_generation_call.partial_image", "partial_image_b64": B64, "partial_image_index": 0},
        {"type": "response.output_item.done", "item": item},
        {"type": "response.completed", "response": {"output": [item]}},
    )
    assert len(stream_call(connect(serve(always(streaming(sse(*events)))))).data) == 1


# --- what is no image -------------------------------------------------------------------------------------------------

JOBS = {
    "task": ({"code": 200, "data": [{"status": "submitted", "task_id": "t1"}]}, {}, "t1"),
    "one object": ({"code": 0, "data": {"taskId": "t2", "status": "QUEUED"}}, {}, "t2"),
    "its kind": ({"id": "t3", "object": "generation.task", "created": 1}, {}, "t3"),
    "prediction": (
        {"id": "t4", "status": "starting", "urls": {"get": "https://h.test/p/t4"}},
        {},
        "https://h.test/p/t4",
    ),
    "in output": ({"output": {"task_status": "PENDING", "task_id": "t5"}, "request_id": "r"}, {}, "t5"),
    "to be polled": ({"id": "t9", "polling_url": "https://h.test/result?id=t9"}, {}, "https://h.test/result?id=t9"),
    "an id alone": ({"code": 1, "description": "Submit success", "result": "1320098"}, {}, "1320098"),
    "operation": ({"name": "operations/t6", "done": False, "id": "t6"}, {}, "t6"),
    "with a link that is no picture": ({"id": "t7", "status": "queued", "url": "https://h.test/jobs/t7"}, {}, "t7"),
    "with a header": (
        {"detail": "see there"},
        {"operation_location": "https://h.test/ops/t8"},
        "https://h.test/ops/t8",
    ),
}


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS.keys())
def test_fault_45_a_job_in_place_of_images_is_said_to_be_one_and_its_id_is_kept(job, call, serve, connect):
    answer, headers, trace = job
    with pytest.raises(errors.ResponseValidationError, match="as a job") as caught:
        call(connect(serve(always(http(answer, **headers)))))
    assert trace in caught.value.message
    assert trace in [*caught.value.ids.values(), *caught.value.links]
    assert json.loads(caught.value.body) == answer


@pytest.mark.parametrize("body", [b"", b"{}", b"Accepted"])
def test_fault_45_a_202_is_a_job_at_its_location(body, plain_call, serve, connect):
    server = serve(always(http(body, 202, location="/v1/jobs/7", retry_after="3")))
    with pytest.raises(errors.ResponseValidationError, match="as a job") as caught:
        plain_call(connect(server))
    assert caught.value.links == [f"{server.origin}/v1/jobs/7"]
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"odd": 1, "id": "abc-1", "picture_href": "https://h.test/x"},
        {"result": "1320098173412546", "code": 1},
        ["a"],
        7,
    ],
)
def test_fault_44_of_an_answer_that_is_not_understood_everything_is_kept(answer, call, serve, connect):
    server = serve(always(http(json.dumps(answer).encode(), x_request_id="req-1")))
    with pytest.raises(errors.ResponseValidationError) as caught:
        call(connect(server))
    error = caught.value
    assert (error.status_code, json.loads(error.body), error.headers["x-request-id"]) == (200, answer, "req-1")
    if isinstance(answer, dict):
        assert [*error.ids.values(), *error.links] == [str(v) for k, v in answer.items() if k not in ("odd", "code")]


def test_fault_44_of_a_stream_that_is_not_understood_everything_is_kept(stream_call, serve, connect):
    event = {"type": "image_generation.queued", "task_id": "t9"}
    with pytest.raises(errors.IncompleteStreamError) as caught:
        stream_call(connect(serve(always(streaming(sse(event))))))
    assert caught.value.ids == {"task_id": "t9"}
    assert "image_generation.queued" in caught.value.body


@pytest.mark.parametrize("size", [10_000, 200_000])
def test_fault_44_what_is_kept_of_a_body_has_an_end(size, plain_call, serve, connect):
    with pytest.raises(errors.ResponseValidationError) as caught:
        plain_call(connect(serve(always(http({"odd": "x " * size})))))
    assert len(caught.value.body) == min(2 * size + 11, 64 * 1024)


# --- reasons ----------------------------------------------------------------------------------------------------------

REASONS = {
    "list": ([{"error": {"message": "bad size"}}], "bad size"),
    "code only": ({"error": {"code": "content_filter", "message": None}}, "content_filter"),
    "errors": ({"errors": [{"message": "bad size"}, {"message": "bad n"}]}, "bad size; bad n"),
    "msg": ({"code": 1, "msg": "bad size"}, "bad size"),
    "error_msg": ({"error_code": 3, "error_msg": "bad size"}, "bad size"),
    "Message": ({"Code": "E", "Message": "bad size"}, "bad size"),
    "errorMessage": ({"errorMessage": "bad size"}, "bad size"),
    "detail": ({"detail": "bad size"}, "bad size"),
    "detail as a dict": ({"detail": {"reason": "bad size"}}, "bad size"),
    "detail of fields": ({"detail": {"size": "bad"}}, "size: bad"),
    "detail as a list": ({"detail": [{"loc": ["body", "size"], "msg": "must be even"}]}, "size: must be even"),
    "ASP.NET": (
        {"type": "https://x.test/1", "title": "Errors.", "status": 400, "errors": {"Size": ["The size is odd."]}},
        "Size: The size is odd.",
    ),
    "Django": ({"size": ["Not a choice."]}, "size: Not a choice."),
    "NestJS": ({"statusCode": 400, "error": "Bad Request", "message": ["bad size", "bad n"]}, "bad size; bad n"),
    "OAuth": ({"error": "invalid_request", "error_description": "bad size"}, "bad size"),
    "text": ("bad size", "bad size"),
    "problem": ({"title": "Odd", "detail": "bad size", "type": "about:blank"}, "bad size"),
    "nested": ({"error": {"error": {"message": "bad size"}}}, "bad size"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "reason"), REASONS.values(), ids=REASONS.keys())
def test_fault_47_a_refusals_reason_is_found_wherever_it_stands(body, reason, call, serve, connect):
    server = serve(always(http(json.dumps(body).encode(), 400)))
    with pytest.raises(errors.BadRequestError) as caught:
        call(connect(server))
    assert caught.value.message == reason


@pytest.mark.parametrize(
    "case",
    [
        (b"bad size", "It said: bad size"),
        (b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", "It said: 502 Bad Gateway"),
        (b"<?xml version='1.0'?><Error><Message>bad size</Message></Error>", "It said: bad size"),
        (b'{"odd": 7}', 'It said: {"odd": 7}'),
        (b"{}", "It said: {}"),
        (b'{"error": {"mess', 'It said: {"error": {"mess'),
        (bytes(range(128, 256)), "no text (128 bytes)"),
        (b"", "It gave no reason"),
    ],
)
@pytest.mark.parametrize("kind", ["", "text/plain", "application/json", "application/octet-stream"])
def test_fault_47_what_a_refusal_says_in_other_forms_is_shown(case, kind, plain_call, serve, connect):
    body, said = case
    server = serve(always(http(body, 400, content_type=kind)))
    with pytest.raises(errors.BadRequestError) as caught:
        plain_call(connect(server))
    assert said in caught.value.message
    assert ("no reason" in caught.value.message) == (not body)


FAILURES = {
    "beside an empty list": ({"data": [], "error": "steps must be >= 1"}, "steps must be >= 1"),
    "code": ({"code": 1102, "msg": "balance"}, "balance"),
    "in the entry": ({"data": [{"error": {"message": "bad size"}}]}, "bad size"),
    "success": ({"success": False, "message": "bad size"}, "bad size"),
    "status": ({"output": {"task_status": "FAILED", "message": "bad size", "task_id": "t1"}}, "bad size"),
    "errors": ({"result": None, "errors": [{"message": "bad size"}]}, "bad size"),
    "a refusal in a chat": ({"choices": [{"message": {"content": None, "refusal": "I cannot."}}]}, "I cannot"),
    "words in a chat": ({"choices": [{"message": {"content": "I cannot draw that."}}]}, "I cannot draw that"),
    "a status within": ({"data": None, "base_resp": {"status_code": 1008, "status_msg": "bad size"}}, "bad size"),
    "finish reason": ({"candidates": [{"finishReason": "SAFETY"}]}, "SAFETY"),
}


@pytest.mark.parametrize(("body", "reason"), FAILURES.values(), ids=FAILURES.keys())
def test_fault_47_a_reason_inside_a_200_is_shown(body, reason, plain_call, serve, connect):
    with pytest.raises(errors.ResponseValidationError) as caught:
        plain_call(connect(serve(always(http(body)))))
    assert reason in caught.value.message
    assert json.loads(caught.value.body) == body


@pytest.mark.parametrize(
    "refused",
    [
        {"error": {"code": "content_filter", "message": "Blocked by the content filter."}},
        {"b64_json": None, "content_filter_results": {"sexual": {"filtered": True, "severity": "high"}}},
        {"finish_reason": "CONTENT_FILTERED", "base64": ""},
        {"url": None, "status": "failed", "reason": "NSFW content"},
    ],
)
def test_fault_47_one_image_refused_beside_a_good_one_is_told(refused, plain_call, serve, connect):
    answer = plain_call(connect(serve(always(http({"data": [refused, {"b64_json": B64}]})))), n=2)
    assert [image.b64_json for image in answer.data] == [B64]
    counted, why = answer.notices
    assert counted == "2 images were asked for, and 1 came."
    assert "was not made" in why
    assert "moderation refused" in why


MODERATED = [
    (400, {"error": {"message": "Your request was rejected by the safety system.", "code": "moderation_blocked"}}),
    (400, {"error": {"code": "content_policy_violation", "message": "Rejected."}}),
    (400, {"code": "DataInspectionFailed", "message": "Input data may contain inappropriate content."}),
    (403, {"message": "The prompt was flagged."}),
    (200, {"data": [], "error": {"code": "content_filter", "message": None}}),
]
BROKE = [
    (429, {"error": {"code": "insufficient_quota", "message": "You exceeded your current quota."}}),
    (402, {"detail": "You need to buy something."}),
    (403, {"error": {"message": "Insufficient balance"}}),
    (429, {"error": {"message": "账户余额不足"}}),
    (400, {"code": "Arrearage", "message": "Access denied."}),
    (200, {"code": 1102, "msg": "balance"}),
]
NEITHER = [
    (429, {"error": {"message": "Rate limit reached for requests per minute."}}),
    (429, {"error": {"message": "Quota exceeded for quota metric 'Requests per minute'."}}),
    (400, {"error": {"message": "moderation must be one of auto, low.", "param": "moderation"}}),
    (400, {"error": {"message": "Sizes must be balanced."}}),
]


@pytest.mark.parametrize(
    "case",
    [(*one, "moderation") for one in MODERATED] + [(*one, "credit") for one in BROKE] + [(*one, "") for one in NEITHER],
)
def test_fault_47_moderation_and_an_empty_account_are_known(case, plain_call, serve, connect, pauses):
    status, body, topic = case
    server = serve(always(http(json.dumps(body).encode(), status)))
    with pytest.raises(errors.R9SError) as caught:
        plain_call(connect(server))
    assert caught.value.topic == topic
    notes = " ".join(getattr(caught.value, "__notes__", []))
    assert ("moderation refused" in notes, "no credit left" in notes) == (topic == "moderation", topic == "credit")
    assert len(pauses) == (2 if status == 429 and not topic else 0)  # an empty account is not asked again and again


# --- secrets ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [200, 400])
def test_fault_43_what_an_answer_quotes_of_the_request_is_hidden_everywhere(status, call, serve, connect):
    own = "azure/key+with=signs"

    def handler(wire):
        sent = wire.request.headers
        quoted = {"odd": sent, "escaped": "x"}
        body = json.dumps(quoted).replace("/", "\\/").encode()
        wire.send(http(body, status, x_echo=sent["authorization"], x_other=sent["api-key"]))

    with pytest.raises(errors.R9SError) as caught:
        call(
            connect(
                serve(handler),
                http_headers={"api-key": own},
            ),
            http_headers={"Authorization": f"Bearer {KEY}"},
        )
    error = caught.value
    shown = repr(
        [
            error.message,
            error.body,
            error.data,
            error.headers,
            error.ids,
            error.raw_response and error.raw_response.headers,
        ]
    )
    assert KEY not in shown
    assert own not in shown.replace("\\\\/", "/")
    assert "<the api-key>" in error.body


def test_fault_43_what_a_good_answer_quotes_is_hidden_too(call, serve, connect):
    def handler(wire):
        key = wire.request.headers["authorization"]
        entry = {"b64_json": B64, "revised_prompt": f"a cat for {key}"}
        wire.send(http({"data": [entry], "usage": {"caller": key}}, x_echo=key))

    answer = call(connect(serve(handler)))
    assert KEY not in repr([answer, answer.headers, answer.usage, answer.data[0].revised_prompt])


def test_a_stream_that_is_no_stream_does_not_hold_back_what_comes_first(serve, connect):
    def handler(wire):
        wire.send(STREAM_HEAD + chunk(BOM + b"\n") + chunk(sse(partial())))
        wire.hang()

    stream = connect(serve(handler)).images.create(prompt="A cat", stream=True)
    assert not next(stream).is_final
    stream.close()
