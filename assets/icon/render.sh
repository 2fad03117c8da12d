#!/bin/sh
# Draws the PNG icons from the SVGs beside it; needs rsvg-convert (Debian: librsvg2-bin).
set -eu
cd "$(dirname "$0")"
# At 16 pixels the lines of the large drawing blur, so that size has a drawing of its own.
rsvg-convert -w 16 -h 16 rubricator-small.svg -o rubricator-16.png
for size in 32 48 64 128 256 512; do
    rsvg-convert -w "$size" -h "$size" rubricator.svg -o "rubricator-$size.png"
done
