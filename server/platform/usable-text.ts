const unusable = /[^\P{Cc}\t\n\r]|[\p{Cs}\ufffe\uffff]/gu;

/** Without what no database and no page can hold: control characters and halves of characters. */
export function usableText(text: string): string {
  return text.replaceAll(unusable, '');
}

/** Whether every text in a value, however deep, can be kept and shown. */
export function holdsUsableTexts(whole: unknown): boolean {
  const open: unknown[] = [whole];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string' && value.search(unusable) !== -1) return false;
    if (typeof value === 'object' && value !== null)
      for (const one of Object.values(value) as unknown[]) open.push(one);
  }
  return true;
}
