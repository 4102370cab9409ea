"""Selection (择优): who among those that pass is put forward, where places are fewer."""
