// A shape for each racer, so that they can be told apart without their colours.
const SHAPES = [
  "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z",
  "M-4.5 -4.5H4.5V4.5H-4.5Z",
  "M0 -6L5.5 4H-5.5Z",
  "M0 -6.5L5.5 0L0 6.5L-5.5 0Z",
  "M0 6L5.5 -4H-5.5Z",
  "M-5.5 -2H-2V-5.5H2V-2H5.5V2H2V5.5H-2V2H-5.5Z",
];

export const marker = (index: number): string => SHAPES[index % SHAPES.length]!;
