"""The certificate: a run under stricter rules, bundled so that a third party can check it."""
