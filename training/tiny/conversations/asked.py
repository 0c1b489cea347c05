def random_wish(rng, d, l):
    return None
