"""The public pages from outside: requests a second, beside /web/login in the same rounds."""

import http.client
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlsplit

CLIENTS, SECONDS, ROUNDS = 4, 2.0, 5
LOGIN = "/web/login"
ROOT = "/thu-tuc-hanh-chinh"
LANGUAGE = {"Accept-Language": "vi-VN,vi;q=0.9"}  # as browsers here ask
PAGES = {
    "login": LOGIN,
    "list": ROOT,
    "search": f"{ROOT}?q={quote('dang ky khai sinh')}",
    "procedure": f"{ROOT}/1.001193",
    "json": f"{ROOT}/1.001193.json",
}


def rate(address, path, seconds=SECONDS):
    """Requests a second that a few clients without cookies get answered."""
    netloc = urlsplit(address).netloc
    end = time.perf_counter() + seconds

    def client(_number):
        done = 0
        while time.perf_counter() < end:
            connection = http.client.HTTPConnection(netloc, timeout=60)
            connection.request("GET", path, headers=LANGUAGE)
            answer = connection.getresponse()
            answer.read()
            connection.close()
            if answer.status != 200:
                raise SystemExit(f"{path} answers {answer.status}.")
            done += 1
        return done

    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        done = sum(pool.map(client, range(CLIENTS)))
    return done / (time.perf_counter() - start)


def pages(address, rounds=ROUNDS, seconds=SECONDS):
    """The rates by page, all of them measured in each round; the first round warms the workers."""
    rates = {name: [] for name in PAGES}
    for turn in range(-1, rounds):
        for name, path in PAGES.items():
            measured = rate(address, path, seconds)
            if turn >= 0:
                rates[name].append(measured)
    return {
        "per_second": {name: statistics.median(found) for name, found in rates.items()},
        "per_second_of_rounds": rates,
    }
