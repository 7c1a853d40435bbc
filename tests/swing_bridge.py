"""Three invented articles as files: a report, its reprint, and one about something else."""

GAZETTE = """\
Swing bridge to close for nine weeks
Gallow Water Gazette, 4 March 2031

The swing bridge over the Gallow will close to all traffic for nine weeks from the second Monday in June while its \
bearings are replaced, the harbour trust said on Tuesday.
Lorries will be sent round by the old ford road, which adds eleven miles to the trip between the quarry and the port.
Marta Dunnel, who runs the tyre shop by the northern ramp, said she had been given four days to object and had not \
slept since.
"""
DIGEST = GAZETTE.replace("Gallow Water Gazette, 4 March 2031", "Valley Digest, 6 March 2031") + (
    "\nThe original source of this article is Gallow Water Gazette.\n"
)
CHOIR = """\
Forty voices and no piano
Isles Courier, 9 March 2031

The Skelvoe choir will rehearse aboard the tender this summer because the hall roof has been condemned, and its \
director says that the swell keeps the basses honest.
"""
