//! The least of a smooth function.

/// Steps at most.
const MAX_STEPS: usize = 200;

/// Where a smooth function is least, by BFGS with a backtracking line search (Nocedal and Wright
/// 2006, chapter 6).
pub(super) fn least<const N: usize>(mut at: [f64; N], loss: impl Fn(&[f64; N]) -> (f64, [f64; N])) -> [f64; N] {
    let mut inverse = identity(1.0);
    let (mut value, mut gradient) = loss(&at);
    for _ in 0..MAX_STEPS {
        let mut direction: [f64; N] = std::array::from_fn(|row| -dot(&inverse[row], &gradient));
        if dot(&direction, &gradient) >= 0.0 {
            inverse = identity(1.0);
            direction = gradient.map(|slope| -slope);
        }
        // No weight moves by more than a factor of two, or by one, in a step.
        let longest = direction.iter().fold(0.0_f64, |most, part| most.max(part.abs()));
        let mut step = (0.7 / longest).min(1.0);
        let slope = dot(&direction, &gradient);
        let (next, next_value, next_gradient) = loop {
            let next: [f64; N] = std::array::from_fn(|part| at[part] + step * direction[part]);
            let (next_value, next_gradient) = loss(&next);
            if next_value <= value + 1e-4 * step * slope || step < 1e-8 {
                break (next, next_value, next_gradient);
            }
            step /= 2.0;
        };
        let moved: [f64; N] = std::array::from_fn(|part| next[part] - at[part]);
        let change: [f64; N] = std::array::from_fn(|part| next_gradient[part] - gradient[part]);
        let gained = value - next_value;
        (at, value, gradient) = (next, next_value, next_gradient);
        if gained < 1e-7 {
            break;
        }
        let curvature = dot(&moved, &change);
        if curvature > 1e-12 {
            update(&mut inverse, &moved, &change, curvature);
        }
    }
    at
}

fn update<const N: usize>(inverse: &mut [[f64; N]; N], moved: &[f64; N], change: &[f64; N], curvature: f64) {
    let product: [f64; N] = std::array::from_fn(|row| dot(&inverse[row], change));
    let scale = (1.0 + dot(change, &product) / curvature) / curvature;
    for row in 0..N {
        for column in 0..N {
            inverse[row][column] +=
                scale * moved[row] * moved[column] - (product[row] * moved[column] + moved[row] * product[column]) / curvature;
        }
    }
}

fn identity<const N: usize>(scale: f64) -> [[f64; N]; N] {
    std::array::from_fn(|row| std::array::from_fn(|column| if row == column { scale } else { 0.0 }))
}

fn dot<const N: usize>(left: &[f64; N], right: &[f64; N]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNT: usize = 12;

    #[test]
    fn the_least_of_a_bowl_is_its_bottom() {
        let bottom: [f64; COUNT] = std::array::from_fn(|at| at as f64 / 10.0 - 1.0);
        let found = least([0.0; COUNT], |at| {
            let off: [f64; COUNT] = std::array::from_fn(|part| at[part] - bottom[part]);
            let steep = |part: usize| 1.0 + part as f64;
            let value = (0..COUNT).map(|part| steep(part) * off[part] * off[part]).sum();
            (value, std::array::from_fn(|part| 2.0 * steep(part) * off[part]))
        });
        assert!(found.iter().zip(&bottom).all(|(found, bottom)| (found - bottom).abs() < 1e-2), "{found:?}");
    }
}
