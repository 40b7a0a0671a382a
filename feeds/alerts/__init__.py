"""Alerts: from what moved in the archive to a message that somebody gets, with its proof, once, and not too often.

    archive ─► sources ─► Event ─► decision ─► Alert ─► outbox (in the archive) ─► courier ─► sinks
               what moved          pure: noise                                     retried    webhook, command, e-mail

settings    what the operator wants: rules, noise, sinks, as documents of the desk over ``defaults.toml``
records     Event and Alert, and how they are kept as JSON
decision    events and the time in, alerts and what was held back out; touches nothing
sources     what moved in the archive since the last look, made into events with their proof
wording     an alert in words: title, text, JSON
sinks       one file a way out
courier     delivers what the outbox holds, retried with back-off, given up after a day
service     all of it beside a collector
"""
