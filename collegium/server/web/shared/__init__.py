"""What all pages share: how they are shown, how forms become acts, and the look."""
