const v4 = (address: string): readonly number[] | undefined => {
  const parts = address.split('.').map(Number);
  return parts.length === 4 && parts.every((one) => Number.isInteger(one) && one >= 0 && one < 256)
    ? parts
    : undefined;
};

function isPrivateV4([a = 0, b = 0, c = 0]: readonly number[]): boolean {
  if (a === 0 || a === 10 || a === 127 || a >= 224) return true;
  if (a === 100) return b >= 64 && b < 128;
  if (a === 169) return b === 254;
  if (a === 172) return b >= 16 && b < 32;
  if (a === 192) return b === 168 || (b === 0 && (c === 0 || c === 2));
  return a === 198 && (b === 18 || b === 19);
}

/** Whether an IP address belongs to this machine, to an inner network or to nobody: the walker stays away from them. */
export function isPrivateAddress(address: string): boolean {
  const text = address.replace(/^\[|\]$/g, '').toLowerCase();
  const plain = v4(text);
  if (plain) return isPrivateV4(plain);
  const mapped = v4(/^::(?:ffff:)?(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1] ?? '');
  if (mapped) return isPrivateV4(mapped);
  // Only global unicast is out there, and of it the parts that stand for IPv4 or for examples are not.
  return !/^[23][0-9a-f]{3}:/.test(text) || /^2002:|^2001:0?db8:|^2001:0{0,4}:/.test(text);
}
