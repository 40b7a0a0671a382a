"""Plain view-models: order, filter, selection and gate of each panel, without a terminal."""
