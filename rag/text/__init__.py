"""What every later step knows about words: sentences, stems, stop words, unseen characters."""
