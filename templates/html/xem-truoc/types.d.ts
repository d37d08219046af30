// What the server sends, and shapes that several modules share. For checkers and readers only: the browser never loads it.

export interface Page { id: string; width: number; height: number }
export interface Piece { i: number; x: number; width: number; text: string; face: number }
export interface Line { y: number; size: number; pieces: Piece[]; joined: boolean }
/** `continues`: which paragraph of the page before goes on here, and whether without a blank. */
export interface Paragraph { heading: number; lines: Line[]; continues?: { paragraph: number; joined: boolean } }
export interface PageText { paragraphs: Paragraph[] }

export interface Problem {
  severity: "error" | "warning";
  code: string | null;
  file: string | null;
  source: number | null;
  line: number | null;
  column: number | null;
  end_line: number | null;
  end_column: number | null;
  cell: string | null;
  message: string;
  hint: string | null;
}

export interface State {
  revision: number;
  shown: number | null;
  failed: boolean;
  name: string;
  title: string | null;
  unit: string | null;
  pages: Page[];
  /** Why a file cannot be had, by format. */
  refused: Partial<Record<"pdf" | "docx", string>>;
  problems: Problem[];
  source: string | null;
  units: string | null;
  word: boolean;
  editor: boolean;
}

export interface Unit { key: string; label: string; line: number | null; fault: boolean }

/** Boxes are [page, x, y, width, height] in points from the top left. */
export interface Difference { kind: "line" | "shift" | "page" | "missing" | "extra"; message: string; pdf: number[][]; word: number[][] }

export interface Box { x: number; y: number; width: number; height: number }

/** A place on the paper: `y` in points of the sheet, or in pixels above it where negative; `x` a fraction of the width. */
export interface Anchor { index: number; sheet: import("./sheet.js").Sheet | null; y: number; x: number }
