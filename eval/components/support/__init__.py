"""Are changed statements caught, faithful ones let pass, and do people agree?"""
