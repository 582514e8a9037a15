// Two soft tones. Browsers are silent until somebody has touched the page, so a chime that was not
// allowed to sound waits for the first touch.

const TONES_HZ = [523, 659];
const TONE_SECONDS = 0.5;
const LOUDNESS = 0.2;

export class Chime {
  /** @type {AudioContext | null} */
  #context = null;

  constructor() {
    for (const touch of ["pointerdown", "keydown"]) {
      addEventListener(touch, () => this.#context?.resume());
    }
  }

  /** Sound now, or as soon as the browser lets us: `resume` waits for a touch. */
  ring() {
    this.#context ??= new AudioContext();
    const context = this.#context;
    context.resume().then(() => play(context));
  }
}

/** @param {AudioContext} context */
function play(context) {
  for (const [place, frequency] of TONES_HZ.entries()) {
    const start = context.currentTime + place * TONE_SECONDS;
    const loudness = context.createGain();
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + TONE_SECONDS);
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(loudness).connect(context.destination);
    tone.start(start);
    tone.stop(start + TONE_SECONDS);
  }
}
