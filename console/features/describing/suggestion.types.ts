/** What a suggestion beside a field is given. */
export interface SuggestionProps {
  readonly resourceId: string;
  /** Of the field, as it is in the editor now. */
  readonly value: unknown;
  /** Suggestions are made from what is saved: the last words first. */
  readonly onSave: () => Promise<unknown>;
  readonly onChange: (value: unknown) => void;
}
