def selection_of(model, field):
    """The selection of another field, in the language of the reader."""
    return lambda self: self.env[model]._fields[field]._description_selection(self.env)
