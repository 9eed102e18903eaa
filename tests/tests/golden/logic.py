"""Truth in three values: True, False, and None where the oracles do not settle it.

A fact is the list of its possible values; an empty list says that nothing is known. A question is a function from an
asset to a truth.
"""


def settle(possible):
    """The one truth that all possible values share."""
    truths = set(possible)
    return truths.pop() if len(truths) == 1 else None


def fact(name, test):
    """Is there a value by this name that passes the test?"""
    return lambda asset: settle(value is not None and bool(test(value)) for value in asset[name])


def stated(name):
    """Is there a value at all?"""
    return fact(name, lambda value: True)


def either(name, truth):
    """Of facts that are so or not."""
    return fact(name, lambda value: value is truth)


def no(question):
    def answer(asset):
        truth = question(asset)
        return None if truth is None else not truth

    return answer


def at_least(count, *questions):
    def answer(asset):
        truths = [question(asset) for question in questions]
        if truths.count(True) >= count:
            return True
        return None if truths.count(True) + truths.count(None) >= count else False

    return answer


def all_of(*questions):
    return at_least(len(questions), *questions)


def any_of(*questions):
    return at_least(1, *questions)
