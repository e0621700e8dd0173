"""Charts, drawn as SVG by pure functions: the finding is the title, and the table behind holds the same numbers.

Every chart is drawn twice, for a wide screen or paper and for a phone, so that its letters are never under 12 pixels.
Looks are attributes, never style: the policy of our pages has none, and a picture or a PDF may carry them too.
"""
