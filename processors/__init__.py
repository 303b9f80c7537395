"""The built-in processors: name -> ``module:Class``. A new one is a file here and a row below."""

BUILT_IN = {
    "spam_strip": "processors.spam_strip:SpamStrip",
    "split": "processors.split:Split",
    "normalize": "processors.normalize:Normalize",
    "dedupe_paragraphs": "processors.dedupe_paragraphs:DedupeParagraphs",
    "fingerprint": "processors.fingerprint:Fingerprint",
    "dedupe": "processors.dedupe:Dedupe",
}
