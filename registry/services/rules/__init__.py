"""Rules as people read them: at the command line and on the officers' page alike."""
