/** `7`, and `1000+` when no more than so many are counted. */
export function countedText(count: number, most: number): string {
  return count >= most ? `${String(most)}+` : String(count);
}
