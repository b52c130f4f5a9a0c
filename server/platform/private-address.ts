const v4 = (address: string): readonly number[] | undefined => {
  const parts = address.split('.').map(Number);
  return parts.length === 4 && parts.every((one) => Number.isInteger(one) && one >= 0 && one < 256)
    ? parts
    : undefined;
};

/** First address and bits of what is not out there: this machine, inner networks, carriers, tests, groups. */
const inner: readonly (readonly [readonly number[], number])[] = [
  [[0, 0, 0, 0], 8],
  [[10, 0, 0, 0], 8],
  [[100, 64, 0, 0], 10],
  [[127, 0, 0, 0], 8],
  [[169, 254, 0, 0], 16],
  [[172, 16, 0, 0], 12],
  [[192, 0, 0, 0], 24],
  [[192, 0, 2, 0], 24],
  [[192, 168, 0, 0], 16],
  [[198, 18, 0, 0], 15],
  [[198, 51, 100, 0], 24],
  [[203, 0, 113, 0], 24],
  [[224, 0, 0, 0], 3],
];

const numberOf = (parts: readonly number[]): number => parts.reduce((sum, part) => sum * 256 + part, 0);

function isPrivateV4(parts: readonly number[]): boolean {
  return inner.some(([first, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(numberOf(parts) / size) === Math.floor(numberOf(first) / size);
  });
}

/** Whether an IP address belongs to this machine, to an inner network or to nobody. */
export function isPrivateAddress(address: string): boolean {
  const text = address.replace(/^\[|\]$/g, '').toLowerCase();
  const plain = v4(text);
  if (plain) return isPrivateV4(plain);
  const mapped = v4(/^::(?:ffff:)?(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1] ?? '');
  if (mapped) return isPrivateV4(mapped);
  // Only global unicast is out there, and of it the parts that stand for IPv4 or for examples are not.
  return !/^[23][0-9a-f]{3}:/.test(text) || /^2002:|^2001:0?db8:|^2001:0{0,4}:/.test(text);
}
