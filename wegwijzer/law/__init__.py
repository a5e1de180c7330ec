"""The law: one module a regime, one named condition a provision, numbers as dated data."""
