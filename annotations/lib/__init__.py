"""Pure building blocks: text, dates, addresses, identifiers, errors. No Django here."""
