"""How the server keeps its memory: what is loaded at the start is never searched for garbage again.

Django's own objects are many and live as long as the process; a full collection over them takes about 15 ms, and a
page that reads ten thousand rows used to trigger one. Reference counting still frees all that a page makes.
"""

import gc


def settle() -> None:
    """Call once, when everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
