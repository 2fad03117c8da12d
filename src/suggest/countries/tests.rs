//! Fixtures of countries and places.
