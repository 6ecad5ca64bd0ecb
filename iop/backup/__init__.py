"""Backup and restore: database and files in one encrypted file (docs/backup.md)."""
