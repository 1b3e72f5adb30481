"""Whether a backup is whole and can be read, without writing any of it anywhere."""

from registry.privacy.age import Reader, decrypt, read_identities
from registry.services.backups.layout import Contents, Splitter


def verify_backup(file: Reader, identity: str) -> Contents:
    """Decrypt a backup to its end and hold its database against its hash; return what it holds.

    Needs neither database nor key store: do it on the machine that has the private key.

    Raises:
        AgeError: the file was altered or cut off, or is for another key.
        BackupRefusedError: what was decrypted is no backup.
    """
    splitter = Splitter()
    decrypt(file, splitter, read_identities(identity))
    return splitter.check()
