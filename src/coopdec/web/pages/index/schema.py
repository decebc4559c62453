"""The tables of the index, and its version: a change of either makes it anew."""

from __future__ import annotations

__all__ = ["FINISH", "TABLES", "VERSION"]

VERSION = 6

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE entity (
  id INTEGER PRIMARY KEY, path TEXT NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL DEFAULT '',
  labels TEXT NOT NULL DEFAULT '{}', sort TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '',
  lat REAL, long REAL, n INTEGER NOT NULL DEFAULT 0, refs TEXT, block BLOB);
CREATE UNIQUE INDEX entity_path ON entity (path);
CREATE TABLE project (ordinal INTEGER PRIMARY KEY, entity INTEGER NOT NULL, card TEXT NOT NULL);
CREATE TABLE posting (facet TEXT, value TEXT, n INTEGER, ordinals BLOB,
  PRIMARY KEY (facet, value)) WITHOUT ROWID;
CREATE TABLE rank (name TEXT PRIMARY KEY, ordinals BLOB) WITHOUT ROWID;
CREATE TABLE reverse (object TEXT, predicate TEXT, subject TEXT,
  PRIMARY KEY (object, predicate, subject)) WITHOUT ROWID;
CREATE TABLE example (term TEXT PRIMARY KEY, subject TEXT, labels TEXT, value TEXT,
  iri INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (text, content='', tokenize='unicode61', prefix='2 3');
CREATE VIRTUAL TABLE names USING fts5 (text, content='', tokenize='unicode61', prefix='2 3');
CREATE VIRTUAL TABLE words_spelt USING fts5vocab(words, row);
CREATE VIRTUAL TABLE names_spelt USING fts5vocab(names, row);
"""

FINISH = "CREATE INDEX entity_kind ON entity (kind, sort, path);"
