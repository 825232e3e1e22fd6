"""Charts drawn on the server: frozen figures in, SVG text out, coloured by CSS classes alone."""
