/** To the field itself, or to the first choice of a group of them. */
export function focusOn(id: string): void {
  const field = document.getElementById(id);
  (field?.querySelector('input') ?? field)?.focus();
}
