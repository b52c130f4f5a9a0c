import type { Examples } from '../examples.ts';
import { cardsBlock } from '../../pages/blocks.examples.ts';
import { CardsBlock } from './cards-block.tsx';

export const cardsBlockExamples: Examples = {
  'pictures, and one card without': <CardsBlock block={cardsBlock} id="cards" />,
  'words only': (
    <CardsBlock
      block={{ ...cardsBlock, cards: cardsBlock.cards.map(({ name, url, note }) => ({ name, url, note })) }}
      id="cards"
    />
  ),
};
