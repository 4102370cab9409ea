// Photos are made smaller before they are sent: a phone's line is the slow part.
//
// What is no picture, is small already, or cannot be read here (HEIC in most browsers) goes as it
// is. Our defaults: large enough that a photographed document can be read, line by line.

export const LONG_SIDE = 2_400; // pixels
export const QUALITY = 0.82; // of JPEG, 0 to 1
export const SMALL = 700 * 1024; // bytes that are not worth shrinking
const KIND = "image/jpeg";
const ENDING = /\.[^.]*$/;

function drawn(picture) {
  const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const brush = canvas.getContext("2d");
  // JPEG knows no transparency.
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.imageSmoothingQuality = "high";
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** The file as it is to be sent: a smaller JPEG where that is smaller, else the file itself. */
export async function shrunk(file) {
  if (!file.type.startsWith("image/") || file.size <= SMALL) {
    return file;
  }
  try {
    const picture = await createImageBitmap(file);
    const canvas = drawn(picture);
    picture.close();
    const small = await new Promise((resolve) => canvas.toBlob(resolve, KIND, QUALITY));
    const isSmaller = small !== null && small.size < file.size;
    return isSmaller ? new File([small], `${file.name.replace(ENDING, "")}.jpg`, { type: KIND }) : file;
  } catch {
    return file;
  }
}
