/** A number from the environment for a test that draws its cases: `JIYUE_SEED` tells them apart, `JIYUE_STORIES` and the others count them. */
export function wishedNumber(
  name:
    | 'JIYUE_SEED'
    | 'JIYUE_STORIES'
    | 'JIYUE_SYNC_RESOURCES'
    | 'JIYUE_SYNC_KILLS'
    | 'JIYUE_ACTS'
    | 'JIYUE_CHAIN_SHAPES',
  otherwise: number,
): number {
  const wish = process.env[name];
  return wish === undefined || wish === '' ? otherwise : Number(wish);
}
