/** Widths that screens ask for: a telephone, a column of text, a large screen. */
export const pictureWidths = [480, 960, 1600] as const;
export const widestPicture = pictureWidths[2];
